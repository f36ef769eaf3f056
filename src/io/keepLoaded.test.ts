import { expect, it } from 'vitest'
import { keepLoaded } from './keepLoaded.ts'

it('loads once, and forgets a failure at once', async () => {
  const answers = [Promise.reject(new Error('gone')), Promise.resolve('part'), Promise.resolve('anew')]
  answers[0].catch(() => {})
  const part = keepLoaded(() => answers.shift()!)
  await expect(part.get()).rejects.toThrowSaying('gone')
  expect(await part.get()).toBe('part')
  expect(await part.get()).toBe('part')
  part.forget()
  expect(await part.get()).toBe('anew')
})

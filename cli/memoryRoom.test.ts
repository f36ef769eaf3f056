import { expect, test } from 'vitest'
import { createMemoryRoom, type Place } from './memoryRoom.ts'

/** Lets promises that are ready go on. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function enterAll(budget: number, count: number) {
  const room = createMemoryRoom(budget)
  const inside: Place[] = []
  for (let i = 0; i < count; i++) void room.enter().then((place) => inside.push(place))
  await turn()
  return inside
}

test('the first is alone until its size is known, then as many come in as there is room for', async () => {
  const inside = await enterAll(100, 5)
  expect(inside).toHaveLength(1)
  inside[0].weigh(30)
  await turn()
  expect(inside).toHaveLength(3)
  inside[1].weigh(10)
  await turn()
  expect(inside, 'what is not weighed counts as the largest').toHaveLength(4)
  inside[0].leave()
  await turn()
  expect(inside).toHaveLength(5)
})

test('one that is larger than the room comes in, alone', async () => {
  const inside = await enterAll(100, 3)
  inside[0].weigh(1000)
  await turn()
  expect(inside).toHaveLength(1)
  inside[0].leave()
  await turn()
  expect(inside).toHaveLength(2)
})

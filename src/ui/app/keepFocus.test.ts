import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepFocus } from './keepFocus.ts'

const row = (name: string) =>
  `<tr id="${name}"><td><input type="radio"><button>Open ${name}</button><button>Close ${name}</button></td></tr>`
const question = (name: string) =>
  `<section class="question" id="${name}"><button>Yes ${name}</button><button>No ${name}</button></section>`

let stop: () => void
const main = document.createElement('main')
beforeEach(() => {
  document.body.replaceChildren(main)
  main.innerHTML = `<h1 tabindex="-1" data-focus-home>Images</h1>${question('first')}${question('second')}
    <table class="volumes"><tbody><tr class="head"><th><button>Change patient</button></th></tr>${row('a')}${row('b')}${row('c')}</tbody></table>
    <div class="panel" id="notice"><button>Restore</button></div>`
  stop = keepFocus(main)
})
afterEach(() => stop())

const control = (text: string) =>
  [...main.querySelectorAll<HTMLElement>('button')].find(({ textContent }) => textContent === text)!
/** Works a control whose place goes away with it. */
async function work(text: string) {
  control(text).focus()
  control(text).closest('tr, .question, .panel')!.remove()
  await Promise.resolve()
  return document.activeElement?.textContent
}

test('a row that is closed gives the focus to the next one, the last row to the one before', async () => {
  expect(await work('Close a')).toBe('Open b')
  expect(await work('Close c')).toBe('Open b')
})

test('a question that is answered gives the focus to the next one, and the last one to the list', async () => {
  expect(await work('No first')).toBe('Yes second')
  expect(await work('Yes second')).toBe('Open a')
})

test('where nothing of its kind is left the focus goes home, as soon as the screen has one that can be worked', async () => {
  expect(await work('Restore')).toBe('Images')
  const home = main.querySelector('h1')!
  home.remove()
  main.insertAdjacentHTML(
    'beforeend',
    '<div class="panel"><button>Discard</button></div><div inert><h1 tabindex="-1" data-focus-home>Other</h1></div>',
  )
  expect(await work('Discard')).not.toBe('Other')
  expect(document.activeElement).toBe(document.body)
  main.append(home)
  await Promise.resolve()
  expect(document.activeElement).toBe(home)
})

test('a focus that was taken away by a click, or is elsewhere, stays as it is', async () => {
  control('Close a').focus()
  document.dispatchEvent(new Event('pointerdown'))
  control('Close a').blur()
  main.querySelector('#a')!.remove()
  await Promise.resolve()
  expect(document.activeElement).toBe(document.body)
  control('Close b').focus()
  control('Restore').focus()
  main.querySelector('#b')!.remove()
  await Promise.resolve()
  expect(document.activeElement).toBe(control('Restore'))
})

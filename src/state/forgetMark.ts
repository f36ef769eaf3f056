/**
 * Everything is forgotten by a page that holds nothing: the one in use leaves this mark and loads itself anew, so that no stroke,
 * result or connection of it comes after. `here`: this tab removes everything; `elsewhere`: another tab does.
 */
export type ForgetMark = 'here' | 'elsewhere'

export type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const key = 'texel.forget'
/** A tab that the browser brings back days later must not take a mark for a wish of today. */
const longestMs = 20_000

export function leaveForgetMark(storage: SessionStorage, mark: ForgetMark, now: number): void {
  storage.setItem(key, `${mark} ${now}`)
}

/** The mark is gone after it: it counts once. */
export function takeForgetMark(storage: SessionStorage, now: number): ForgetMark | null {
  const [, mark, at] = /^(here|elsewhere) (\d+)$/.exec(storage.getItem(key) ?? '') ?? []
  storage.removeItem(key)
  return mark && now - Number(at) <= longestMs ? (mark as ForgetMark) : null
}

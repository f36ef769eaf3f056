import { isMessage, type Say } from '../../core/messages/message.ts'

/**
 * A result as JSON with all digits of its doubles, its messages as sentences. JSON has no NaN and no infinity: what is not defined becomes
 * null, and an infinite number the text "Infinity" or "-Infinity".
 */
export function formatJson(result: unknown, say: Say): string {
  const write = (_: string, value: unknown) =>
    typeof value === 'number' ? writeNumber(value) : isMessage(value) ? say(value) : value
  return `${JSON.stringify(result, write, 1)}\n`
}

function writeNumber(value: number): number | string | null {
  if (Number.isNaN(value)) return null
  return Number.isFinite(value) ? value : String(value)
}

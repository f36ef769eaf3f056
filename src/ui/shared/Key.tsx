/** A key as it stands on the keyboard. */
export function Key({ children }: { children: string }) {
  return <kbd className="key">{children}</kbd>
}

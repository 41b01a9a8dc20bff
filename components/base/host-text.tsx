import { reveal } from './reveal'

/**
 * Any text that came from a host: never markup, never a link, drawn left to right in the order it was sent, with
 * control, bidi and zero-width characters made visible. `lines` keeps line breaks and tabs (the parent sets
 * `white-space: pre-wrap`), `tabs` tabs only. Longer than `max` characters is cut, and says by how much.
 */
export function HostText({ text, keep, max = 20_000 }: { text: string; keep?: 'lines' | 'tabs'; max?: number }) {
  const shown = text.length > max ? cutAt(text, max) : text
  const kept = keep === 'lines' ? '\t\n' : keep === 'tabs' ? '\t' : ''
  const parts = reveal(shown, kept)
  // Tables hold hundreds of plain names: as one text each they are drawn and sent quicker.
  if (parts.length === 1 && parts[0]?.kind === 'text' && shown.length === text.length)
    return <bdo dir="ltr">{text}</bdo>
  return (
    <bdo dir="ltr">
      {parts.map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
          <span key={index} className="host-chip" title={part.title}>
            {part.chip}
          </span>
        ),
      )}
      {shown.length < text.length ? ` … ${(text.length - shown.length).toLocaleString('en')} more characters` : null}
    </bdo>
  )
}

/** Not between the two halves of one character: a half alone would be shown as a broken one. */
function cutAt(text: string, max: number): string {
  const last = text.charCodeAt(max - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)
}

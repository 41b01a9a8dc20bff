import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { HostText } from './host-text'
import { reveal, revealText } from './reveal'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '&lt;b&gt;',
  '<a href="javascript:alert(1)">x</a>',
  '\u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007',
  '\u001b[2J\u001b[H',
  'invoice\u202egpj.exe',
  '\u2066\u2067\u2068\u2069\u200e\u200f\u061c',
  'a\u200bb\u200cc\u200dd\u2060e\ufefff',
  'no\u00a0break\u2003em\u3000wide',
  '\ud800',
  '\udc00x',
  '\u{e0041}\u{e007f}',
  'z\u0300\u0301\u0302\u0303\u0304\u0305',
  '\u0000\u0007\u0008\u007f\u0085\u2028\u2029',
  '\ufe0f\u115f\u3164\u2800',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...hostile, 'plain', ' ', '\n', '\t'), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
)

/** What no text of a host may bring onto a page unseen. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/u

describe('HostText', () => {
  it('makes no element of what it shows but its own', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const markup = render(<HostText text={text} />)
        const names = [...markup.matchAll(/<\/?([a-z]+)/gi)].map((match) => match[1])
        expect(names.every((name) => name === 'bdo' || name === 'span')).toBe(true)
        for (const tag of tagsOf(markup, 'span')) expect(tag).toMatch(/^<span class="host-chip" title="[\w+, -]+">$/)
      }),
    )
  })

  it('leaves nothing unseen', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(textOf(render(<HostText text={text} />))).not.toMatch(unseen)
      }),
    )
  })

  it('keeps line breaks and tabs where asked, and nothing else', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const shown = textOf(render(<HostText text={text} keep="lines" />))
          .replaceAll('\n', '')
          .replaceAll('\t', '')
        expect(shown).not.toMatch(unseen)
      }),
    )
    expect(textOf(render(<HostText text={'a\tb\nc'} keep="lines" />))).toBe('a\tb\nc')
    expect(textOf(render(<HostText text={'a\tb\nc'} />))).toBe('aTABbLFc')
  })

  it('loses no character: what is shown and what is named make the text again', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const again = reveal(text).map((part) =>
          part.kind === 'text' ? part.text : String.fromCodePoint(Number.parseInt(part.title.slice(2), 16)),
        )
        expect(again.join('')).toBe(text)
      }),
    )
  })

  it.each(['umber', 'mq-deadline [none]', 'naïve café', '日本語', 'שלום', '/dev/disk/by-id/ata-ST31000528AS'])(
    'shows %s as it is',
    (text) => {
      expect(reveal(text)).toEqual([{ kind: 'text', text }])
    },
  )

  it('names what it makes visible', () => {
    const markup = render(<HostText text={'a\u202eb\u001bc'} />)
    expect(markup).toContain('title="U+202E, right-to-left override">U+202E</span>')
    expect(markup).toContain('title="U+001B, escape">ESC</span>')
    expect(markup).toMatch(/^<bdo dir="ltr">/)
  })

  it('has a form for names and titles', () => {
    expect(revealText('invoice\u202egpj.exe\n')).toBe('invoice[U+202E]gpj.exe[LF]')
  })

  it('cuts what is too long, between characters, and says by how much', () => {
    expect(textOf(render(<HostText text={'x'.repeat(1500)} max={10} />))).toBe('xxxxxxxxxx … 1,490 more characters')
    expect(textOf(render(<HostText text="ab😀cd" max={3} />))).toBe('ab … 4 more characters')
  })
})

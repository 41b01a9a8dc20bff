import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAt, linesOf, without } from './cut'
import { parseIpsecConf, settingsOf } from './ipsec-conf'
import { parseSetkey } from './setkey-conf'

describe('ipsec.conf', () => {
  const bytes = `# ipsec.conf
config setup
	uniqueids=no

conn %default
	keyexchange=ikev2
	left=192.0.2.1

conn base # of both
	type=transport
	# right is here
	right="198.51.100.1"

conn web
	also=base
	right=192.0.2.2
  leftid=@#web

# behind it
include /etc/ipsec.d/*.conf
`
  const { sections, includes } = parseIpsecConf(bytes)
  const web = sections.find(({ name }) => name === 'web')

  it('is sections with what stands indented below', () => {
    expect(sections.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'config setup',
      'conn %default',
      'conn base',
      'conn web',
    ])
    expect(includes).toEqual(['/etc/ipsec.d/*.conf'])
    expect(sections[2]?.settings.get('right')).toBe('198.51.100.1')
    expect(web?.settings.get('leftid')).toBe('@#web')
  })

  it('joins what a section names by "also", and %default behind all', () => {
    const found = web && Object.fromEntries(settingsOf(web, sections))
    expect(found).toMatchObject({ right: '192.0.2.2', type: 'transport', left: '192.0.2.1', keyexchange: 'ikev2' })
  })

  it('goes without a section to the letter', () => {
    expect(web && without(bytes, [linesOf(bytes, web)])).toBe(
      bytes.replace('conn web\n\talso=base\n\tright=192.0.2.2\n  leftid=@#web\n', ''),
    )
  })

  it('ends with sections that name each other in a ring', () => {
    const { sections: ring } = parseIpsecConf('conn a\n also=b\nconn b\n also=a\n left=192.0.2.1\n')
    expect(ring[0] && settingsOf(ring[0], ring).get('left')).toBe('192.0.2.1')
  })
})

describe('the script of setkey', () => {
  const bytes = `#!/usr/sbin/setkey -f
flush;
spdflush; # all of them; and more
add 192.0.2.1 192.0.2.2 esp 0x201 -m transport "a;b";
spdadd 192.0.2.1 192.0.2.2 any -P out ipsec
	esp/transport//require
	ah/transport//require;
spdadd -4 192.0.2.2[any] 192.0.2.1 any -P in ipsec esp/transport//require;
spdadd 10.0.0.0/8[22] 10.1.0.0/16 tcp -P out prio 3 none; spdadd ::1 ::2 icmp6 128,0 -P fwd none;
spddelete 192.0.2.1 192.0.2.2 any -P out;
spdadd nonsense;
`
  const lines = parseSetkey(bytes)

  it('is its policies, each with the statement that takes it away', () => {
    expect(lines.map(({ deletes }) => deletes)).toEqual([
      'spddelete 192.0.2.1 192.0.2.2 any -P out;',
      'spddelete -4 192.0.2.2[any] 192.0.2.1 any -P in;',
      'spddelete 10.0.0.0/8[22] 10.1.0.0/16 tcp -P out;',
      'spddelete ::1 ::2 icmp6 128,0 -P fwd;',
    ])
    expect(lines[0]?.text).toBe(
      'spdadd 192.0.2.1 192.0.2.2 any -P out ipsec esp/transport//require ah/transport//require;',
    )
    expect(lines.map(({ src, hasPort }) => [src, hasPort])).toEqual([
      ['192.0.2.1', false],
      ['192.0.2.2', false],
      ['10.0.0.0/8', true],
      ['::1', false],
    ])
  })

  it('goes without one of them to the letter, also of a line with two', () => {
    const [first, , third] = lines
    if (!first || !third) throw new Error('expected lines')
    expect(lineAt(bytes, first.from)).toBe(5)
    const left = without(bytes, [linesOf(bytes, first), linesOf(bytes, third)])
    expect(left).toBe(
      bytes
        .replace(/spdadd 192\.0\.2\.1 192[^;]*;\n/, '')
        .replace('spdadd 10.0.0.0/8[22] 10.1.0.0/16 tcp -P out prio 3 none;', ''),
    )
    expect(parseSetkey(left).map(({ text }) => text)).toEqual([lines[1]?.text, lines[3]?.text])
  })

  it('takes no longer for a script that never ends', () => {
    expect(parseSetkey(`spdadd ${'# '.repeat(30_000)}\n${' '.repeat(60_000)}`)).toEqual([])
  })

  it('throws at no text', () => {
    const piece = fc.oneof(fc.constantFrom('spdadd ', '1.2.3.4 ', '-P ', 'out ', ';', '#', '\n', '"'), fc.string())
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        for (const { from, to } of parseSetkey(text)) expect(text.slice(from, to)).toMatch(/^spdadd[\s\S]*;$/)
      }),
    )
  })
})

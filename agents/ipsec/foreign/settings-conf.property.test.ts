import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linesOf, without } from './cut'
import { parseSettings, type SettingsNode } from './settings-conf'

/** What a file says, without the places: as it was made, and as it was understood. */
type Made =
  | { kind: 'section'; name: string; refs: string[]; nodes: Made[] }
  | { kind: 'setting'; key: string; value: string }
  | { kind: 'include'; pattern: string }

function said(node: SettingsNode): Made {
  if (node.kind === 'section') return { kind: 'section', name: node.name, refs: node.refs, nodes: node.nodes.map(said) }
  if (node.kind === 'setting') return { kind: 'setting', key: node.key, value: node.value }
  return { kind: 'include', pattern: node.pattern }
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

/** As somebody would write it, or somebody else. */
function printed(node: Made, style: number): string {
  const [gap, end] = [[' ', '\t', ''][style % 3], [' # why {\n', '\n', '\n\n# more }\n'][style % 3]]
  if (node.kind === 'include') return `include ${node.pattern}${end}`
  if (node.kind === 'setting') return `${node.key}${gap}=${gap}${quoted(node.value)}${end}`
  const refs = node.refs.length > 0 ? `${gap}:${gap}${node.refs.join(', ')}` : ''
  const nodes = node.nodes.map((inner) => printed(inner, style + 1)).join('')
  return `${node.name}${refs} {${end}${nodes}}${end}`
}

const word = fc.stringMatching(/^[a-z%*][a-z0-9_.-]{0,8}$/).filter((text) => text !== 'include')
const value = fc.oneof(
  fc.constantFrom('', '192.0.2.1', '{', '}', '# no', 'a = b', 'include x', '"', '\\', 'a\nb {'),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, ' ')),
)
const node = fc.letrec<{ node: Made; section: Made }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('setting' as const), key: word, value }),
    fc.record({ kind: fc.constant('include' as const), pattern: fc.constantFrom('conf.d/*.conf', '/etc/x/*') }),
    tie('section'),
  ),
  section: fc.record({
    kind: fc.constant('section' as const),
    name: word,
    refs: fc.array(word, { maxLength: 2 }),
    nodes: fc.array(tie('node'), { maxLength: 3 }),
  }),
})).node
const made = fc.array(fc.tuple(node, fc.nat(2)), { maxLength: 5 })

it('understands what was written, in whatever layout', () => {
  fc.assert(
    fc.property(made, (all) => {
      const { nodes, isWhole } = parseSettings(all.map(([one, style]) => printed(one, style)).join(''))
      expect(isWhole).toBe(true)
      expect(nodes.map(said)).toEqual(all.map(([one]) => one))
    }),
  )
})

it('says where each thing stands: without it the file says all the rest', () => {
  fc.assert(
    fc.property(made, fc.nat(), (all, nat) => {
      const bytes = all.map(([one, style]) => printed(one, style)).join('')
      const { nodes } = parseSettings(bytes)
      const at = nodes.length === 0 ? 0 : nat % nodes.length
      const gone = nodes[at]
      if (!gone) return
      for (const span of [gone, linesOf(bytes, gone)]) {
        const left = parseSettings(without(bytes, [span]))
        expect(left.isWhole).toBe(true)
        expect(left.nodes.map(said)).toEqual(all.map(([one]) => one).toSpliced(at, 1))
      }
    }),
  )
})

it('covers every byte, or a blank or comment between', () => {
  fc.assert(
    fc.property(made, (all) => {
      const bytes = all.map(([one, style]) => printed(one, style)).join('')
      const rest = without(bytes, parseSettings(bytes).nodes)
      expect(rest.replace(/#[^\n]*/g, '').trim()).toBe('')
    }),
  )
})

it('throws at no text', () => {
  const piece = fc.oneof(fc.constantFrom('{', '}', '=', '"', '#', '\n', 'include ', ':', 'a ', '\\'), fc.string())
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const bytes = pieces.join('')
      for (const { from, to } of parseSettings(bytes).nodes) expect(to).toBeGreaterThanOrEqual(from)
    }),
  )
})

it('takes no longer for a file that goes on and on', () => {
  for (const text of [
    `a${' '.repeat(60_000)}x`,
    `a : ${' '.repeat(60_000)}x`,
    '# '.repeat(30_000),
    '{'.repeat(60_000),
    'a {'.repeat(20_000),
  ])
    expect(parseSettings(`a ${text}`).isWhole).toBe(false)
})

it.each(['a {', '}', 'a', 'a { b }', 'a = "x', 'a b {\n}'])('does not take %j for a whole file', (bytes) => {
  expect(parseSettings(bytes).isWhole).toBe(false)
})

it('takes a value to the end of its line, and no further than its section', () => {
  const { nodes } = parseSettings('a { b = c d   # no\n e = x }\nf=\n')
  expect(nodes.map(said)).toEqual([
    {
      kind: 'section',
      name: 'a',
      refs: [],
      nodes: [
        { kind: 'setting', key: 'b', value: 'c d' },
        { kind: 'setting', key: 'e', value: 'x' },
      ],
    },
    { kind: 'setting', key: 'f', value: '' },
  ])
})

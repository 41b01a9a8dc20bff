import type { Counter } from '@/agents/ipsec/pair/view'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { type Fact, KeyValue } from '@/components/show/facts-line'
import { type Column, DataTable } from '@/components/table/data-table'
import type { EndLook } from '../../../live/look-at-pair'

/** What one end of a pair has to say beyond its proofs: its SAs, the kernel's counters, the daemon's words, the rules. */
export function EndEvidence({ end }: { end: EndLook }) {
  return (
    <section className="min-w-0" aria-label={`What ${end.label} says`}>
      <SectionHead
        title={end.label}
        right={
          <LinkText href={`/hosts/${end.hostId}`} prefetch={false}>
            {end.name}
          </LinkText>
        }
        ruled
      />
      {end.problem === null ? null : (
        <p className="mb-3 text-unknown-text">
          It was not read: <HostText text={end.problem} max={300} />
        </p>
      )}
      <KeyValue facts={saFacts(end)} />
      <h3 className="mt-5 mb-1">Counters of the kernel</h3>
      <Counters end={end} />
      <h3 className="mt-5 mb-1">Words of the daemon</h3>
      <Lines
        lines={end.log}
        label={`Log of ${end.label} about this pair`}
        none="No line of the last 200 names this pair."
      />
      <h3 className="mt-5 mb-1">Rules that name the peer</h3>
      <Lines
        lines={end.rules}
        label={`Rules of ${end.label} about this pair`}
        none="No rule of iptables or nftables names the peer or its tunnel."
      />
    </section>
  )
}

function saFacts({ seen, connection, outer, drops }: EndLook): Fact[] {
  const [ike, child] = [seen?.ike, seen?.child]
  const facts: Fact[] = [
    { label: 'Connection', value: connection },
    { label: 'Outside', value: outer },
  ]
  if (typeof ike === 'object' && ike)
    facts.push({ label: 'IKE suite', value: <HostText text={ike.suite || 'not told'} max={120} /> })
  if (typeof child === 'object' && child)
    facts.push(
      { label: 'SPI in', value: <HostText text={child.spiIn} max={20} /> },
      { label: 'SPI out', value: <HostText text={child.spiOut} max={20} /> },
      {
        label: 'Bytes since',
        value: `${child.bytesIn.toLocaleString('en')} in, ${child.bytesOut.toLocaleString('en')} out`,
      },
    )
  facts.push({ label: 'Dropped in clear', value: dropsText(drops), note: 'of all pairs of this member' })
  return facts
}

function dropsText({ in: came, out }: EndLook['drops']): string {
  const count = (packets: number | null) => (packets === null ? 'not counted' : packets.toLocaleString('en'))
  return `${count(came)} in, ${count(out)} out`
}

function Counters({ end: { counters, label } }: { end: EndLook }) {
  if (counters === null) return <p className="text-text-3">The kernel counts nothing here, or was not read.</p>
  if (counters.length === 0) return <p className="text-text-2">All are zero: the kernel dropped nothing.</p>
  return (
    <DataTable
      label={`Counters of ${label}`}
      columns={counterColumns}
      rows={counters}
      rowId={({ name }) => name}
      blocks
    />
  )
}

const counterColumns: readonly Column<Counter>[] = [
  { id: 'name', head: 'Counter', cell: ({ name }) => <HostText text={name} max={60} /> },
  { id: 'now', head: 'Now', number: true, cell: ({ now }) => now.toLocaleString('en') },
  { id: 'rose', head: 'Rose', number: true, cell: Rose },
  {
    id: 'means',
    head: 'What it counts',
    inBlock: 'line',
    cell: ({ means }) => means ?? 'Pollux does not know this one.',
  },
]

function Rose({ rose }: Counter) {
  if (rose === null) return <span className="text-text-3">not known</span>
  return rose === 0 ? '0' : <b className="text-bad-text">+{rose.toLocaleString('en')}</b>
}

function Lines({ lines, label, none }: { lines: readonly string[] | null; label: string; none: string }) {
  if (lines === null) return <p className="text-text-3">Not read.</p>
  if (lines.length === 0) return <p className="text-text-2">{none}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="paste pair-lines" tabIndex={0} aria-label={label}>
      <HostText text={lines.join('\n')} keep="lines" />
    </section>
  )
}

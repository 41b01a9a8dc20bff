/** What stands between two marks of a run's output. */
export interface Datum {
  /** The mark's letter and the words behind it. */
  mark: string
  words: readonly string[]
  bytes: Buffer
}

/** One branch of a reading, as far as the host got with it. */
export interface BranchFrames {
  data: readonly Datum[]
  /** null when the output stopped before the branch ended. */
  end: { why: string; code: number } | null
}

/** One probe of a run: its readings' branches by `reading.turn`, and whether it was gone through to its end. */
export interface ProbeFrames {
  branches: Map<string, BranchFrames>
  ended: boolean
}

export interface Frames {
  probes: Map<number, ProbeFrames>
  /** Whether the script said that it was through. */
  done: boolean
}

/**
 * Sorts a run's standard output by probe, reading and branch. Only marks with this run's nonce count; what stands before
 * the first one (a login shell's greeting) is left out. Takes output that was cut anywhere: what has no closing mark has
 * no end. Bytes between marks come back exactly as the host wrote them.
 */
export function parseFrames(output: Buffer, nonce: string): Frames {
  const frames: Frames = { probes: new Map(), done: false }
  let probe: ProbeFrames | undefined
  let branch: { data: Datum[]; end: BranchFrames['end'] } | undefined
  for (const datum of splitMarks(output, nonce)) {
    const { mark, words } = datum
    if (mark === 'p') {
      probe = { branches: new Map(), ended: false }
      branch = undefined
      frames.probes.set(Number(words[0]), probe)
    } else if (mark === 'r') {
      branch = { data: [], end: null }
      probe?.branches.set(`${words[0]}.${words[1]}`, branch)
    } else if (mark === 'e') {
      if (branch) branch.end = { why: words[0] ?? '', code: Number(words[1] ?? 0) }
      branch = undefined
    } else if (mark === 'q') {
      if (probe) probe.ended = true
      probe = undefined
    } else if (mark === 'z') {
      frames.done = true
    } else {
      branch?.data.push(datum)
    }
  }
  return frames
}

/** What the host's programs said on standard error, by `probe reading turn`, for those that did not end well. */
export function parseComplaints(stderr: Buffer, nonce: string): Map<string, string> {
  const said = new Map<string, string>()
  const lead = Buffer.from(`\n${nonce} `)
  let from = 0
  for (let at = stderr.indexOf(lead); at >= 0; at = stderr.indexOf(lead, from)) {
    const lineEnd = stderr.indexOf('\n', at + lead.length)
    if (lineEnd < 0) break
    said.set(stderr.toString('latin1', at + lead.length, lineEnd), stderr.toString('utf8', from, at).trim().slice(-300))
    from = lineEnd
  }
  return said
}

/** Each mark with the bytes up to the next one. The last one's bytes may be cut; an unfinished mark line is left out. */
function* splitMarks(output: Buffer, nonce: string): Generator<Datum> {
  const lead = Buffer.from(`\n${nonce} `)
  let at = output.indexOf(lead)
  while (at >= 0) {
    const lineEnd = output.indexOf('\n', at + lead.length)
    if (lineEnd < 0) return
    // The newline that ends a mark may also be the one that begins the next mark.
    const next = output.indexOf(lead, lineEnd)
    const [mark = '', ...words] = output.toString('latin1', at + lead.length, lineEnd).split(' ')
    yield { mark, words, bytes: output.subarray(lineEnd + 1, next < 0 ? output.length : Math.max(next, lineEnd + 1)) }
    at = next
  }
}

/** The middle of the numbers; of an even count the mean of the middle two. Throws a RangeError when there is none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  if (upper === undefined || lower === undefined) throw new RangeError('expected at least one number, got none')
  return (upper + lower) / 2
}

/** One round: the baseline, ours, the baseline again, in the same unit. */
export type Round = readonly [baseline: number, ours: number, baselineAgain: number]

export interface Comparison {
  /** Medians over all rounds. */
  baseline: number
  ours: number
  /** The median of the rounds' own ratios: a machine that is slower for a minute slows both sides of a round. */
  ratio: number
  /** The lowest and the highest ratio of a round. */
  spread: readonly [number, number]
}

/** Compares ours with the baseline round by round. Throws a RangeError without rounds. */
export function compareRounds(rounds: readonly Round[]): Comparison {
  const ratios = rounds.map(([before, ours, after]) => ours / ((before + after) / 2))
  return {
    baseline: median(rounds.flatMap(([before, , after]) => [before, after])),
    ours: median(rounds.map(([, ours]) => ours)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
  }
}

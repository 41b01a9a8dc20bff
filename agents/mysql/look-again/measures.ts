import { numberText } from './figures'
import type { Movement } from './movement'

/** One figure of a period: what it says, and how many seconds of counting it rests on. */
export interface Measured {
  value: number
  text: string
  seconds: number
}

/** Something that a look again compares before and after. Less is better in each of them. */
export interface Measure {
  id: string
  /** "Pages read from the disk" */
  label: string
  /** Behind the number in a table and a sentence. */
  unit: 'an hour' | '%'
  /** What is worth saying in a headline: "fewer pages read from the disk". */
  fewer: string
  more: string
  /** Below this in both periods, in its unit, it matters to nobody. */
  floor: number
  /** A rate follows the work that is asked for; a share of something does not. */
  followsWork: boolean
  of(movement: Movement): Measured | null
}

/** How much work was asked for: it is judged by nobody, but what is done for each statement is. */
export const work: Pick<Measure, 'id' | 'label' | 'of'> = {
  id: 'statements',
  label: 'Statements',
  of: (movement) => perHour(movement, 'Questions'),
}

/** In the order of the table, and of what a headline says first. */
export const measures: readonly Measure[] = [
  {
    ...rate('pool-misses', 'Pages read from the disk', 'Innodb_buffer_pool_reads', 60),
    fewer: 'fewer reads from disk',
    more: 'more reads from disk',
  },
  {
    ...share('disk-tables', 'Temporary tables on the disk', 'Created_tmp_disk_tables', 'Created_tmp_tables', 5),
    fewer: 'fewer temporary tables on the disk',
    more: 'more temporary tables on the disk',
  },
  {
    ...share('new-threads', 'Connections that took a new thread', 'Threads_created', 'Connections', 5),
    fewer: 'fewer new threads',
    more: 'more new threads',
  },
  {
    ...rate('sort-passes', 'Sorts that took another pass', 'Sort_merge_passes', 1),
    fewer: 'fewer sorts on the disk',
    more: 'more sorts on the disk',
  },
  {
    ...rate('opened-tables', 'Tables opened', 'Opened_tables', 20),
    fewer: 'fewer tables opened anew',
    more: 'more tables opened anew',
  },
  {
    ...rate('log-waits', 'Waits for room in the log buffer', 'Innodb_log_waits', 0.2),
    fewer: 'fewer waits for the log buffer',
    more: 'more waits for the log buffer',
  },
  {
    ...rate('refused', 'Connections that failed', 'Aborted_connects', 1),
    fewer: 'fewer failed connections',
    more: 'more failed connections',
  },
  {
    ...rate('key-misses', 'Index blocks of MyISAM read from the disk', 'Key_reads', 60),
    fewer: 'fewer index blocks read from the disk',
    more: 'more index blocks read from the disk',
  },
]

function rate(id: string, label: string, counter: string, floor: number) {
  const of = (movement: Movement) => perHour(movement, counter)
  return { id, label, unit: 'an hour' as const, floor, followsWork: true, of }
}

function share(id: string, label: string, part: string, whole: string, floor: number) {
  const of = ({ counters }: Movement): Measured | null => {
    const [some, all] = [counters.get(part), counters.get(whole)]
    // Both must have been seen over the same stretch, and of next to nothing no share can be told.
    if (!some || !all || some.seconds !== all.seconds || all.by < 20) return null
    const value = (100 * some.by) / all.by
    return { value, text: `${numberText(value)} %`, seconds: all.seconds }
  }
  return { id, label, unit: '%' as const, floor, followsWork: false, of }
}

function perHour({ counters }: Movement, counter: string): Measured | null {
  const moved = counters.get(counter)
  if (!moved || moved.seconds < 1) return null
  const value = (moved.by * 3600) / moved.seconds
  return { value, text: `${numberText(value)} an hour`, seconds: moved.seconds }
}

import { formatFigure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { type Status, StatusMark } from '@/components/base/status-mark'
import { tellSpan } from '@/components/base/tell-time'
import { isUnended } from '@/lib/catalog/jobs/job-line'
import { byteFigure, exactBytesText, type JobSeverity, type JobStatusWords } from '@/lib/catalog/rules'

/** What a catalog does not tell. Never a zero. */
export function Unknown({ title }: { title?: string }) {
  return (
    <span className="text-text-3" title={title}>
      unknown
    </span>
  )
}

/** Bytes in the unit that fits; exactly, and in both ways of counting, on hover. */
export function Bytes({ value, perSecond = false }: { value: number | null; perSecond?: boolean }) {
  if (value === null) return <Unknown />
  const figure = byteFigure(value)
  return (
    <span className="nowrap" title={exactBytesText(value)}>
      {figure.value}
      <span className="unit">
        {figure.unit}
        {perSecond ? '/s' : ''}
      </span>
    </span>
  )
}

/** A number of files, jobs or errors. */
export function Count({ value }: { value: number | null }) {
  return value === null ? <Unknown /> : <span className="nowrap">{value.toLocaleString('en')}</span>
}

/** A length of time; in seconds on hover. */
export function Duration({ seconds, because }: { seconds: number | null; because?: string }) {
  if (seconds === null) return <Unknown title={because} />
  const told = spanWords(seconds)
  return (
    <span className="nowrap" title={`${seconds.toLocaleString('en')} seconds`}>
      {told}
    </span>
  )
}

/** "5 h 12 min", "12 min 3 s", "40 s". Seconds in. */
export function spanWords(seconds: number): string {
  if (seconds < 60 || seconds >= 2 * 86_400) return tellSpan(seconds)
  const [large, small] = seconds < 3600 ? [60, 1] : [3600, 60]
  const rest = Math.floor((seconds % large) / small)
  const first = `${Math.floor(seconds / large)} ${large === 3600 ? 'h' : 'min'}`
  return rest === 0 ? first : `${first} ${rest} ${small === 60 ? 'min' : 's'}`
}

/** What compression saved: "22 % less". */
export function compressionWords(saved: number): string {
  const percent = formatFigure(Math.abs(saved) * 100, 0)
  return saved < 0 ? `${percent} % more than was read` : `${percent} % less than was read`
}

/** A time, or what stands for none. */
export function When({ at, none = 'unknown' }: { at: number | null; none?: string }) {
  return at === null ? <span className="text-text-3">{none}</span> : <RelativeTime at={at} still />
}

const marks: Readonly<Record<JobSeverity, Status>> = {
  good: 'ok',
  warned: 'warn',
  failed: 'bad',
  canceled: 'info',
  running: 'unknown',
  waiting: 'unknown',
  unknown: 'unknown',
}

/** How a job ended. Of one that did not, the catalog alone can't tell whether it runs: a director that crashed leaves it so. */
export function JobStatus({ words }: { words: JobStatusWords }) {
  return (
    <StatusMark status={marks[words.severity]}>
      <HostText text={words.words} max={80} />
      {isUnended(words) ? ', or left so by a crash' : ''}
    </StatusMark>
  )
}

/** A name from the catalog, or what stands where it names none. */
export function NameOf({ text, none }: { text: string | null; none: string }) {
  if (text === null) return <span className="text-text-3">{none}</span>
  if (text === '') return <span className="text-text-3">no name</span>
  if (text.length <= longName) return <HostText text={text} max={127} />
  return (
    <span className="inline-block whitespace-normal wrap-anywhere" style={{ minWidth: '26ch', maxWidth: '44ch' }}>
      <HostText text={text} max={127} />
    </span>
  )
}

/** A name may have 127 characters and no blank: longer ones break, so that a table keeps its width. */
const longName = 44

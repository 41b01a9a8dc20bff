import { scaleLinear } from 'd3-scale'

export interface Axis {
  /** From the bottom up; the first is zero. */
  ticks: number[]
  /** Where a value stands, in pixels from the top. */
  y(value: number): number
}

/** An axis from zero to a round number that holds `most`, for a plot of `height` pixels. Pure. */
export function valueAxis(most: number, height: number, wantedTicks = 4): Axis {
  const scale = scaleLinear()
    .domain([0, most > 0 ? most : 1])
    .nice(wantedTicks)
    .range([height, 0])
  return { ticks: scale.ticks(wantedTicks), y: (value) => tenth(scale(value)) }
}

/** To a tenth of a pixel: what nobody sees need not be sent. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** Which of a row of days carry a date below them: Mondays of a month, else the first of each month. `days` is YYYY-MM-DD. */
export function dayLabels(days: readonly string[]): { at: number; text: string }[] {
  const isLong = days.length > 45
  return days.flatMap((day, at) => {
    const date = new Date(`${day}T00:00:00Z`)
    const isLabelled = isLong ? date.getUTCDate() === 1 : date.getUTCDay() === 1
    return isLabelled ? { at, text: dayFormat.format(date) } : []
  })
}

/** "23 Nov". */
export function dayWords(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00:00Z`))
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

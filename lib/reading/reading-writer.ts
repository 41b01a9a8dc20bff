import { type ReadingEnd, storeReadings } from './store-readings'

/** Milliseconds that a reading waits at most for others to be stored with. A page shows it that much later. */
const gatherMs = 1000

/**
 * Takes readings as they end and stores together those that end within a second, and the last ones at once. A
 * transaction holds up the process until the disk has it, which costs more than what is written: with many hosts
 * there shall be few.
 */
export class ReadingWriter {
  #waiting: ReadingEnd[] = []
  #writing: Promise<void> = Promise.resolve()
  #stopGathering = () => {}

  /** @param left how many readings will be added: with the last one nothing is left to wait for */
  constructor(
    private left: number,
    private readonly store: (ends: readonly ReadingEnd[]) => Promise<void> = storeReadings,
  ) {}

  /** Settles when this reading is in the store. */
  add(end: ReadingEnd): Promise<void> {
    this.left -= 1
    this.#waiting.push(end)
    if (this.#waiting.length === 1) {
      const gathered = this.#gather()
      this.#writing = this.#writing
        .catch(() => {})
        .then(() => gathered)
        .then(() => this.#write())
    }
    if (this.left <= 0) this.#stopGathering()
    return this.#writing
  }

  #gather(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, gatherMs)
      this.#stopGathering = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #write(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    return this.store(batch)
  }
}

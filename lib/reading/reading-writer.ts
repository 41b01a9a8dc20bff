import { type ReadingEnd, storeReadings } from './store-readings'

/**
 * Takes readings as they end and stores together what ended while the last write ran: with many hosts few
 * transactions, with one host no wait.
 */
export class ReadingWriter {
  #waiting: ReadingEnd[] = []
  #writing: Promise<void> = Promise.resolve()

  constructor(private readonly store: (ends: readonly ReadingEnd[]) => Promise<void> = storeReadings) {}

  /** Settles when this reading is in the store. */
  add(end: ReadingEnd): Promise<void> {
    this.#waiting.push(end)
    if (this.#waiting.length === 1) {
      this.#writing = this.#writing.catch(() => {}).then(() => this.#write())
    }
    return this.#writing
  }

  #write(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    return this.store(batch)
  }
}

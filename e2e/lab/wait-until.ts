import { LabError } from './lab-error'

/** What takes a second on an idle machine takes several on a busy one; how long it is waited for proves nothing. */
const PATIENCE = 4

/**
 * Waits until a condition holds, asking again every 20 to 200 ms.
 * A check that throws is asked again; one that throws a LabError ends the waiting: it can't come true any more.
 * @throws LabError that names `what` when it does not hold within `seconds` of an idle machine, four times that by the clock.
 */
export async function waitUntil(what: string, check: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  const end = performance.now() + seconds * PATIENCE * 1000
  let pause = 20
  let lastError = ''
  for (;;) {
    try {
      if (await check()) return
    } catch (error) {
      if (error instanceof LabError) throw error
      lastError = error instanceof Error ? `: ${error.message}` : ''
    }
    if (performance.now() > end)
      throw new LabError('failed', `Waited ${seconds * PATIENCE} s in vain until ${what}${lastError}`)
    await new Promise((resolve) => setTimeout(resolve, pause))
    pause = Math.min(pause * 1.5, 200)
  }
}

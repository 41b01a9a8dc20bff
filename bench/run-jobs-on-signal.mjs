// Loaded into a Pollux that runs (NODE_OPTIONS=--import): at SIGUSR2 it begins both readings of facts, the cheap one and
// then the deep one, as their schedules would, and both once more, and says when each has ended.
const ctx = { actor: { kind: 'system', name: 'pollux' }, requestId: 'bench' }

process.on('SIGUSR2', async () => {
  for (const name of ['read facts', 'read all facts', 'read facts', 'read all facts']) {
    const begun = performance.now()
    const entry = globalThis.polluxSingles?.get('jobs')?.entries.get(name)
    try {
      if (entry === undefined) throw new Error('no such job')
      await entry.job.run(ctx, new AbortController().signal)
      process.stdout.write(`bench: ${name} took ${Math.round(performance.now() - begun)} ms\n`)
    } catch (error) {
      process.stdout.write(`bench: ${name} failed: ${error}\n`)
    }
  }
})

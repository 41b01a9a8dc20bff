import { labHosts } from './descriptor'
import { bringUp, wantedHosts } from './up'
import { withLock } from './lock'
import { stopNamespaceHost } from './namespace-host'
import { removeWire } from './wire'
const [verb, ...w] = process.argv.slice(2)
const say = (l: string): void => console.error(l)
if (verb === 'up') { const t=Date.now(); console.table((await withLock(60, () => bringUp(wantedHosts(w), say))).map((h) => [h.name, h.address])); say(`${Date.now()-t}`) }
if (verb === 'down') await withLock(60, async () => { for (const h of labHosts()) await stopNamespaceHost(h); await removeWire() })

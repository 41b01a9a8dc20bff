export { formatBytes } from './format-bytes'
export type { NetworkInterface } from './host/addresses'
export type { ClockFacts } from './host/clock'
export type { Disk } from './host/disks'
export type { FileSystem, FileSystemsFacts } from './host/file-systems'
export { foundSchema } from './host/found'
export type { HardwareFacts } from './host/hardware'
export {
  type CheapFacts,
  cheapFactsOf,
  cheapFactsSchema,
  cheapProbes,
  type DeepFacts,
  deepFactsOf,
  deepFactsSchema,
  deepProbes,
  type HostFacts,
  hostFactsSchema,
} from './host/host-facts'
export type { MemoryFacts } from './host/memory'
export type { NetworkOwnerFacts } from './host/network-owner'
export type { OsFacts } from './host/os'
export type { Route, RoutesFacts } from './host/routes'
export type { ServicesFacts } from './host/services'
export type { UpdatesFacts } from './host/updates'
export type { HostState, Need, TierReading } from './need'
export { needsOf } from './needs'
export {
  type FactsProblem,
  type FactsRun,
  type FactsSession,
  type ReadFactsOptions,
  readFacts,
} from './run-probes'
export { type AnyProbe, buildFactsScript } from './script'
export { type HostSummary, summaryOf } from './summary'

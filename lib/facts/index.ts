export { formatBytes } from './format-bytes'
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

export {
  type FactsProblem,
  type FactsRun,
  type FactsSession,
  type ReadFactsOptions,
  readFacts,
} from './run-probes'
export { type AnyProbe, buildFactsScript } from './script'

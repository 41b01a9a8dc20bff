export type { Agent, AgentFacts, Drift, PlanHost } from './agent'
export { appliedFiles } from './applied-files'
export { type Argv, type ReadingArgv, type ReadingProgram, readingPrograms } from './argv'
export {
  type Check,
  type CheckResult,
  type Expectation,
  type FarCheck,
  type HostCheck,
  isFarCheck,
  isHostCheck,
  type Verdict,
} from './check'
export { type AnyAgent, type ComposedPart, composePlans } from './compose'
export type { DnsAsk, FarExpectation, FarRead, FarSeen, Vantage } from './far'
export type { KeptSample, LookAgain, LookedAgain, StandingWork } from './look-again'
export { managerOf } from './managed-by'
export { type BasisItem, type Finding, type Guard, isEmptyPlan, type Plan } from './plan'
export { planPart } from './plan-part'
export {
  defineProbe,
  type Found,
  type HostDocument,
  type NotRead,
  type Probe,
  type RawReading,
  type RawReadings,
  type Reading,
} from './reading'
export { isReadingArgv } from './reading-rules'
export { refuse } from './refuse'
export type {
  AddressStep,
  FileStep,
  HostSteps,
  InstallStep,
  Irreversible,
  JobStep,
  KnobStep,
  NothingToUndo,
  Phase,
  RunStep,
  Step,
  UndoAddress,
  UndoCopy,
  UndoInstall,
  UndoKnob,
  UndoRun,
} from './step'
export { shadowFolder } from './step'

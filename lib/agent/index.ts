export type { Agent, AgentFacts, Drift, PlanHost } from './agent'
export { type Argv, type ReadingArgv, type ReadingProgram, readingPrograms } from './argv'
export type { Check, CheckResult, Expectation, Verdict } from './check'
export { type BasisItem, type Finding, isEmptyPlan, type Plan } from './plan'
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
export type {
  FileStep,
  HostSteps,
  Irreversible,
  KnobStep,
  NothingToUndo,
  Phase,
  RunStep,
  Step,
  UndoCopy,
  UndoKnob,
  UndoRun,
} from './step'

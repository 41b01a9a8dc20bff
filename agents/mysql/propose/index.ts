export type { Load, Machine, ProposalInput, Purpose, Setting } from './input'
export type { Proposal, ProposedValue, Warning } from './proposal'
export { propose } from './propose'

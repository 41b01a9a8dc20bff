export { type Peak, peakOf, type Values } from './peak'
export type { Part } from './term'

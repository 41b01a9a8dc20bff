export { log } from './log'
export { logError } from './log-error'
export { registerSecret } from './redact'
export { newRequestId } from './request-id'

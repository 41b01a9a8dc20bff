export { expectedFarText, meets } from './expect'
export { canReceive } from './mail/can-receive'
export { canReceiveFrom } from './mail/can-receive-from'
export { takeLook } from './take-look'

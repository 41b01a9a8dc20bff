export { expectedFarText, meets } from './expect'
export { canReceive } from './mail/can-receive'
export { takeLook } from './take-look'

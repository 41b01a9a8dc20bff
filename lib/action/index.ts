export { type ActionResult, action, openAction } from './action'
export { pageCtx, signedInCtx } from './page-ctx'
export { route } from './route'
export type { ScreenError } from './to-screen'

/** Whether long tables are gone through whole, on every host and in every shell: POLLUX_LONG_TESTS=1. `npm test` has the short form. */
export const isLong = process.env['POLLUX_LONG_TESTS'] === '1'

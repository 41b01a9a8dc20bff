/** The account that Pollux makes for itself: it comes by the socket alone, and from no other machine. */
export const LOGIN = 'pollux'
export const ACCOUNT = `'${LOGIN}'@'localhost'`

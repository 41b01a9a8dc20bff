export { read, type Tx, work } from './work'

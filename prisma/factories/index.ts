export { type CredentialSeed, makeCredential } from './make-credential'
export { type HostSeed, makeHost } from './make-host'
export { makeUser, type UserSeed } from './make-user'

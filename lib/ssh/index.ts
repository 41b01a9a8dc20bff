export { failedCommand } from './failed-command'
export { fingerprintOf } from './fingerprint'
export { generateKeyPair, type KeyPair, type KeyPairKind } from './generate-key-pair'
export { installCommand } from './install-command'
export { matchesKnownHost, parseKnownHosts } from './known-hosts'
export { type ParsedPrivateKey, parsePrivateKey } from './parse-private-key'
export { createSshPool } from './pool'
export { sshPool } from './process-pool'
export { quoteArgv, shellQuote } from './quote'
export { scanHostKeys } from './scan-host-keys'
export { testConnection } from './test-connection'
export type {
  CommandOptions,
  CommandResult,
  ConnectionReport,
  ConnectionStage,
  KnownHost,
  MissingAlgorithms,
  PinnedKey,
  ScanRequest,
  ScriptOptions,
  SshAuth,
  SshPool,
  SshPoolOptions,
  SshPoolStats,
  SshPrivilege,
  SshProfile,
  SshTarget,
  StageReport,
  TcpOptions,
  TcpPlace,
} from './types'
export { connectionStages } from './types'

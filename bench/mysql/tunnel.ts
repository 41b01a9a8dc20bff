import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Connection, createConnection } from 'mysql2/promise'
import type { LabHost } from '@/e2e/lab/lab'
import { clientOptions } from '../open-ssh'
import { until } from './guest'

/** The server's socket of a guest on this side, so that clients cost the guest none of its memory but sshd's. */
export interface Tunnel {
  connect(user: string): Promise<Connection>
  end(): void
}

export async function openTunnel(host: LabHost): Promise<Tunnel> {
  const dir = mkdtempSync('/tmp/pb-')
  const socket = join(dir, 'sql')
  const forward = ['-N', '-o', 'ExitOnForwardFailure=yes', '-L', `${socket}:/run/mysqld/mysqld.sock`]
  const argv = [...clientOptions(dir, [host]), ...forward, `root@${host.address}`]
  const client: ChildProcess = spawn('ssh', argv, { stdio: ['ignore', 'ignore', 'inherit'] })
  const end = () => {
    client.kill('SIGTERM')
    rmSync(dir, { recursive: true, force: true })
  }
  process.once('exit', end)
  await until('the socket of the guest is here', async () => existsSync(socket), 60)
  return {
    connect: (user) =>
      createConnection({
        ...{ socketPath: socket, user, password: 'bench', database: 'bench' },
        ...{ multipleStatements: true, connectTimeout: 120_000 },
      }),
    end,
  }
}

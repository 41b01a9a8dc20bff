'use server'

import { action } from '@/lib/action'
import { BreakLockInput, breakLock } from '@/lib/changes/break-lock'
import { FootprintInput, readFootprint } from '@/lib/changes/read-footprint'
import { removeFootprint } from '@/lib/changes/remove-footprint'
import { AcceptChangedKeyInput, acceptChangedKey } from '@/lib/inventory/accept-changed-key'
import { AddHostInput, addHost } from '@/lib/inventory/add-host'
import { AddManyHostsInput, addManyHosts } from '@/lib/inventory/add-many-hosts'
import { ChangeHostIdentityInput, changeHostIdentity } from '@/lib/inventory/change-host-identity'
import { ConfirmHostKeyInput, confirmHostKey } from '@/lib/inventory/confirm-host-key'
import { CreateCredentialInput, createCredential } from '@/lib/inventory/create-credential'
import { EditHostInput, editHost } from '@/lib/inventory/edit-host'
import { KeepPinnedKeyInput, keepPinnedKey } from '@/lib/inventory/keep-pinned-key'
import { RemoveHostInput, removeHost } from '@/lib/inventory/remove-host'
import { ScanHostKeyInput, scanHostKey } from '@/lib/inventory/scan-host-key'
import { ScanHostListInput, scanHostList } from '@/lib/inventory/scan-host-list'
import { SetSshProfileInput, setSshProfile } from '@/lib/inventory/set-ssh-profile'
import { SetWindowsInput, setWindows } from '@/lib/inventory/set-windows'
import { TestHostConnectionInput, testHostConnection } from '@/lib/inventory/test-connection'
import { ReadHostInput, readHost } from '@/lib/reading/read-host'
import { ReadHostsInput, readHosts } from '@/lib/reading/read-hosts'

export const createCredentialAction = action('use credentials', CreateCredentialInput, createCredential)
export const addHostAction = action('edit host identity', AddHostInput, addHost)
export const scanHostListAction = action('edit host identity', ScanHostListInput, scanHostList)
export const addManyHostsAction = action('edit host identity', AddManyHostsInput, addManyHosts)
export const editHostAction = action('edit host notes', EditHostInput, editHost)
export const changeHostIdentityAction = action('edit host identity', ChangeHostIdentityInput, changeHostIdentity)
export const removeHostAction = action('edit host identity', RemoveHostInput, removeHost)
export const scanHostKeyAction = action('edit host identity', ScanHostKeyInput, scanHostKey)
export const confirmHostKeyAction = action('edit host identity', ConfirmHostKeyInput, confirmHostKey)
export const acceptChangedKeyAction = action('edit host identity', AcceptChangedKeyInput, acceptChangedKey)
export const keepPinnedKeyAction = action('edit host identity', KeepPinnedKeyInput, keepPinnedKey)
export const setSshProfileAction = action('edit host identity', SetSshProfileInput, setSshProfile)
export const setWindowsAction = action('edit host notes', SetWindowsInput, setWindows)
export const testHostConnectionAction = action('read facts anew', TestHostConnectionInput, testHostConnection)
export const readHostAction = action('read facts anew', ReadHostInput, readHost)
export const readFootprintAction = action('read facts anew', FootprintInput, readFootprint)
export const breakLockAction = action('break a lock', BreakLockInput, breakLock)
export const removeFootprintAction = action('remove files from a host', FootprintInput, removeFootprint)
export const readHostsAction = action('read facts anew', ReadHostsInput, readHosts)

import { listAuditOperation } from './audit'
import { listBackupsOperation } from './backups'
import { getChangeOperation, listChangesOperation } from './changes'
import {
  approveChangeOperation,
  askForApprovalOperation,
  dropChangeOperation,
  planChangeOperation,
  revertChangeOperation,
  stopChangeOperation,
} from './decide'
import { getHostOperation, listHostsOperation } from './hosts'

/** All that the API does. A test compares it with the routes that the build has. */
export const operations = [
  listHostsOperation,
  getHostOperation,
  listChangesOperation,
  planChangeOperation,
  getChangeOperation,
  askForApprovalOperation,
  approveChangeOperation,
  dropChangeOperation,
  stopChangeOperation,
  revertChangeOperation,
  listBackupsOperation,
  listAuditOperation,
] as const

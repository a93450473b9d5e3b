/**
 * The imports at which a program that blocks is suspended: the build tells Asyncify that the stack may be unwound there,
 * and the kernel knows that such a call may be the second half of an earlier one.
 */
export const BLOCKING_IMPORTS = [
  'wasi_snapshot_preview1.fd_read',
  'wasi_snapshot_preview1.fd_write',
  'env.__syscall_poll',
  'env.__syscall_connect',
  'env.__syscall_recvfrom',
  'env.__syscall_sendto',
  'env.epoll_wait',
  'host.read',
  'host.write',
  'host.sleep',
] as const;

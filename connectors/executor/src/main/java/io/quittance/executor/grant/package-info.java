/**
 * Whether a task may be carried out at this moment: the grant's audience, binding and window, and the orders that have
 * come since, revocations and freezes. Nothing here knows what a task does to a system.
 */
package io.quittance.executor.grant;

/**
 * Whether a task may be carried out at this moment: the grant's audience, binding, window and revocation. Nothing here
 * knows what a task does to a system.
 */
package io.quittance.executor.grant;

/**
 * A secured cluster with the pipeline on it: TLS, SCRAM and client certificates, the generated ACLs, and every
 * component in a process of its own with credentials of its own. No attack is here.
 */
@NullMarked
package io.quittance.security.ground;

import org.jspecify.annotations.NullMarked;

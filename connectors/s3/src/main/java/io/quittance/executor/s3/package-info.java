/**
 * The executor for object stores that speak S3: finds, exports and removes a person's objects, and keeps receipts of
 * what it removed. Grants, retries and completions are the shared executor's.
 */
@NullMarked
package io.quittance.executor.s3;

import org.jspecify.annotations.NullMarked;

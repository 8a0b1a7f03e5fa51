/**
 * A made-up shop: its customers and all that hangs on them, made from a seed, and loaded into PostgreSQL and S3. It
 * knows nothing of the pipeline; the data map and the policies that speak of these tables are elsewhere.
 */
@NullMarked
package io.quittance.quickstart.shop;

import org.jspecify.annotations.NullMarked;

/**
 * The executor for PostgreSQL: finds, exports, erases and anonymizes a subject's rows, one transaction per task. What
 * every executor does with a task before and after that is not here.
 */
package io.quittance.executor.jdbc;

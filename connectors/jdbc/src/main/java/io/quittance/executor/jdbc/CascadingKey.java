package io.quittance.executor.jdbc;

import java.util.Set;

/**
 * A foreign key by which the database deletes or changes rows of its own accord when those they refer to are deleted.
 *
 * @param name of the constraint
 * @param referenced the table, among those asked about, that it refers to: itself, a partition or a parent of it
 * @param table which has the key
 * @param deletes whether rows go (CASCADE) or are changed (SET NULL, SET DEFAULT)
 * @param known the tables, among those asked about, that have rows in common with the one that has the key
 * @param match SQL that says whether the row "child" refers to the row "parent"
 */
record CascadingKey(String name, long referenced, TableName table, boolean deletes, Set<Long> known, String match) {}

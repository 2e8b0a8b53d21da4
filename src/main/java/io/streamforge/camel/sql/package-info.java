/**
 * What camel-sql lacks: statements and rows of records, transactions, and an H2 file shared by
 * processes.
 */
@NullMarked
package io.streamforge.camel.sql;

import org.jspecify.annotations.NullMarked;

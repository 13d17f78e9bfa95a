/** Health: checks for operators, reports and metrics of each publisher for producers. */
package io.rostrum.ingest.health;

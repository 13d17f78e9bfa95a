/**
 * Who may watch: the playback token, issued by the catalog and checked by playback without asking
 * anybody.
 */
package io.rostrum.contracts.access;

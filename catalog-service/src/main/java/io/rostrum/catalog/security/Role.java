package io.rostrum.catalog.security;

/** Roles of the realm ({@code realm_access.roles} of the access token). */
public final class Role {
  /** May do everything. */
  public static final String ADMIN = "admin";

  /**
   * May create broadcasts and manage every broadcast: producers of one house stand in for each
   * other.
   */
  public static final String PRODUCER = "producer";

  private Role() {}
}

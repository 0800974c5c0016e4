/// The version of this program.
public enum Version {
  /// As `--version` prints it and as results are stored under it.
  public static let current = "0.2.0"
}

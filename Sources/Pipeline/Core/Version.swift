/// The version of this program.
public enum Version {
  /// The version that `--version` prints and that is stored with results.
  public static let current = "0.2.0"
}

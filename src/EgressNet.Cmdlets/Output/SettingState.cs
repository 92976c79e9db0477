namespace EgressNet;

/// <summary>Whether something is on.</summary>
public enum SettingState
{
    /// <summary>Off.</summary>
    Disabled,

    /// <summary>On.</summary>
    Enabled,
}

using EgressNet.Netlink.Namespaces;

namespace EgressNet.Changes;

/// <summary>Writes a setting below /proc/sys.</summary>
/// <param name="setting">Its path below /proc/sys.</param>
/// <param name="before">The value that it has.</param>
/// <param name="value">The value that it gets.</param>
/// <param name="isKept">Whether it is not undone.</param>
internal sealed class SetSetting(
    IKernelSettings settings, NamespaceReference ns, string setting, string before, string value, bool isKept) : Change
{
    public override string Text => TextOf(setting, value);

    public override string Trace => Text;

    public static string TextOf(string setting, string value) => $"set {setting.Replace('/', '.')} = {value}";

    public override void Apply() => settings.Write(ns, setting, value);

    public override void Undo()
    {
        if (!isKept && settings.Read(ns, setting) is { } present && present != before)
        {
            settings.Write(ns, setting, before);
        }
    }
}

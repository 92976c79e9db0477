using System.Management.Automation;

namespace EgressNet.Module.Tests;

public sealed class ImportTests
{
    [Fact, Trait("Convention", "1")]
    public void Importing_says_nothing()
    {
        using Hosted hosted = new();
        Outcome import = hosted.Run(
            "param($Manifest) Import-Module -Name $Manifest -Force -PassThru", new { Hosted.Manifest });
        Assert.Equal("EgressNet", Assert.Single(import.Clean).ToString());
        Assert.Empty(import.Warnings);
    }

    [Fact, Trait("Convention", "31")]
    public void Importing_again_and_again_says_nothing()
    {
        using Hosted hosted = new();
        for (int i = 0; i < 2; i++)
        {
            Outcome import = hosted.Run("param($Manifest) Import-Module -Name $Manifest -Force", new { Hosted.Manifest });
            Assert.Empty(import.Clean);
            Assert.Empty(import.Warnings);
        }

        Assert.NotEmpty(hosted.Run("(Get-NetAdapter lo).ifIndex").Clean);
    }

    [Fact]
    public void It_can_be_removed_and_imported_once_more()
    {
        using Hosted hosted = new();
        Assert.Empty(hosted.Run("Remove-Module EgressNet").Clean);
        Assert.NotEmpty(hosted.Run("Get-NetRoute").Errors);
        Assert.Empty(hosted.Run("param($Manifest) Import-Module $Manifest", new { Hosted.Manifest }).Clean);
        Assert.Equal("1", hosted.Run("(Get-NetAdapter lo).ifIndex").Clean[0].ToString());
    }

    [Fact, Trait("Convention", "32")]
    public void The_manifest_is_valid_and_exports_what_it_says()
    {
        using Hosted hosted = new();
        PSObject manifest = Assert.Single(
            hosted.Run("param($Manifest) Test-ModuleManifest $Manifest", new { Hosted.Manifest }).Clean);
        PSObject module = Assert.Single(hosted.Run("Get-Module EgressNet").Clean);
        Assert.Equal(
            ((PSModuleInfo)manifest.BaseObject).ExportedCmdlets.Keys.Order(),
            ((PSModuleInfo)module.BaseObject).ExportedCmdlets.Keys.Order());
        Assert.Empty(((PSModuleInfo)module.BaseObject).ExportedAliases);
    }

    [Fact, Trait("Convention", "34"), Trait("Convention", "35")]
    public void The_staged_folder_holds_our_assemblies_and_no_other() => Assert.Equal(
        ["EgressNet.Cmdlets.dll", "EgressNet.Netlink.dll", "EgressNet.dll"],
        Directory.EnumerateFiles(Repository.StagedModule, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.StagedModule, file))
            .Where(file => file.EndsWith(".dll") || file.EndsWith(".exe") || file.EndsWith(".so"))
            .Order(StringComparer.Ordinal));

    [Fact, Trait("Convention", "34")]
    public void This_process_has_the_staged_assembly_and_not_another_copy()
    {
        using Hosted hosted = new();
        Assert.Equal(
            Path.Combine(Repository.StagedModule, "EgressNet.Cmdlets.dll"),
            hosted.Run("(Get-Command Get-NetRoute).ImplementingType.Assembly.Location").Clean[0].ToString());
    }

    [Fact, Trait("Convention", "29")]
    public void Every_parameter_set_resolves()
    {
        using Hosted hosted = new();
        Assert.All(
            hosted.Run("Get-Command -Module EgressNet").Clean.Select(each => (CommandInfo)each.BaseObject),
            command =>
            {
                Assert.NotEmpty(command.ParameterSets);
                Assert.Equal(1, Math.Max(1, command.ParameterSets.Count(set => set.IsDefault)));
                Assert.Equal(
                    command.ParameterSets.Count, command.ParameterSets.Select(set => set.ToString()).Distinct().Count());
            });
    }
}

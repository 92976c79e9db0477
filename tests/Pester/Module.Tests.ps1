Describe 'The module' {
    BeforeAll {
        $module = Get-Module -Name EgressNet
        $manifest = "$($module.ModuleBase)/EgressNet.psd1"

        # What a session of its own says, streams and all.
        function Invoke-Session([scriptblock] $ScriptBlock) {
            Start-ThreadJob $ScriptBlock | Receive-Job -Wait -AutoRemoveJob *>&1
        }
    }

    It 'is loaded' {
        $module | Should -Not -BeNullOrEmpty
    }

    It 'carries the version of its assembly' {
        $name = [System.Reflection.AssemblyName]::GetAssemblyName("$($module.ModuleBase)/EgressNet.Cmdlets.dll")
        $module.Version.ToString(3) | Should -Be $name.Version.ToString(3)
    }

    It 'exports cmdlets only, those of its valid manifest' {
        $module.ExportedFunctions.Values | Should -BeNullOrEmpty
        $module.ExportedAliases.Keys | Should -BeExactly 'gip'
        $module.ExportedVariables.Values | Should -BeNullOrEmpty
        $told = (Test-ModuleManifest $manifest).ExportedCmdlets.Keys | Sort-Object
        $module.ExportedCmdlets.Keys | Sort-Object | Should -BeExactly $told
    }

    It 'ships only its own assemblies, neutral or per processor' {
        $folders = Get-ChildItem $module.ModuleBase -Recurse -Include *.dll, *.exe, *.so | Group-Object DirectoryName
        foreach ($folder in $folders) {
            $folder.Group.Name | Sort-Object |
                Should -BeExactly 'EgressNet.Cmdlets.dll', 'EgressNet.dll', 'EgressNet.Netlink.dll'
        }

        $folders.Name | Should -Contain $module.ModuleBase
        $folders.Name -replace '^.*/' | Should -BeIn 'EgressNet', 'X64', 'Arm64'
    }

    It 'runs from its own folder' {
        $native = "$($module.ModuleBase)/$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)"
        $folder = (Test-Path "$native/EgressNet.Cmdlets.dll") ? $native : $module.ModuleBase
        (Get-Command Get-NetRoute -Module EgressNet).ImplementingType.Assembly.Location |
            Should -BeExactly "$folder/EgressNet.Cmdlets.dll"
    }

    It 'says nothing when imported, even again and again' {
        Invoke-Session { Import-Module $using:manifest -Force -PassThru } | Should -BeExactly 'EgressNet'
        Invoke-Session {
            Import-Module $using:manifest -Force
            Import-Module $using:manifest -Force
            (Get-NetAdapter lo).ifIndex
        } | Should -Be 1
    }

    It 'can be removed and imported once more' {
        Invoke-Session {
            Import-Module $using:manifest
            Remove-Module EgressNet
            $null -eq (Get-Command Get-NetRoute -ErrorAction Ignore)
            Import-Module $using:manifest
            (Get-NetAdapter lo).ifIndex
        } | Should -BeExactly $true, 1
    }

    It 'has distinct parameter sets and at most one default: <_>' -ForEach (Get-Command -Module EgressNet -CommandType Cmdlet).Name {
        $sets = (Get-Command $_ -Module EgressNet).ParameterSets
        $sets | Should -Not -BeNullOrEmpty
        @($sets | Where-Object IsDefault).Count | Should -BeLessOrEqual 1
        $sets | ForEach-Object { "$_" } | Select-Object -Unique | Should -HaveCount $sets.Count
    }
}
